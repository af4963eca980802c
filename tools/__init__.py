"""What `./run` calls: the project's own tools. Nothing here is part of the product."""
