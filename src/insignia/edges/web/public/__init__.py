"""What everybody may see: directories, achievements, credentials, issuers and their documents, and the verify page."""
