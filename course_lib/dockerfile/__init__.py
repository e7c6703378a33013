"""The Dockerfile language: text in, frozen values out."""
