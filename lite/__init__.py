"""The course as static files: JupyterLite, Python for the browser, and a page that lists the lessons."""
