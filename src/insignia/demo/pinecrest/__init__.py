"""Pinecrest State University: four levels on one ladder, a committee, Grantors who award (the preset `ksu`)."""
