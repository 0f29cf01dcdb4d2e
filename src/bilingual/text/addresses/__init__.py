"""URLs, hosts, e-mail addresses: a kernel."""
