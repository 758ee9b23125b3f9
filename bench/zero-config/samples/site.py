"""Pages that are served as they are."""
from sample import Sample, write


def plain_html(folder):
    write(folder, **{"index.html": "<!doctype html>\n<title>Plain</title>\n<h1>Plain pages</h1>\n<img src=dot.svg alt=dot>\n",
                     "dot.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle cx='4' cy='4' r='4'/></svg>\n"})


SAMPLES = [Sample("plain-html", plain_html, "Plain pages", ("index.html", "Plain pages", "Changed pages"), "Changed pages", paths={"/dot.svg": "circle"})]
