"""The demo: a made-up municipality as the spreadsheets an office keeps."""
