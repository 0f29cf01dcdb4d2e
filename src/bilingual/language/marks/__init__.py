"""What brackets and quotation marks open, close and enclose: a kernel."""
