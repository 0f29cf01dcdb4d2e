"""What comes in and goes out, one file per format: bytes on one side, text and its places on the other."""
