"""Pinecrest State University: five levels on one ladder, a committee, Grantors who award (the preset `ksu`)."""
