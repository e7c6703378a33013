from flask import Flask, render_template, request, redirect

app = Flask(__name__)
entries = []


@app.route("/", methods=["GET", "POST"])
def index():
    if request.method == "POST":
        entries.append(request.form["entry"])
        return redirect("/")
    return render_template("index.html", entries=entries)


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000)
