"""What every room stands on: base page, blocks, pictures, files, text, guards. Imports nothing of ours."""
