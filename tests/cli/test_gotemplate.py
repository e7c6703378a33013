"""--format: the part of Go's templates that people use with docker."""

from __future__ import annotations

import pytest

from course_lib.cli.goeval import render
from course_lib.cli.gotemplate import TemplateError, Value

VALUE: Value = {
    "Id": "sha256:abc",
    "Size": 12,
    "On": True,
    "Nothing": None,
    "Config": {
        "Cmd": ["sh", "-c", "a && b"],
        "Env": ["A=1", "B=2"],
        "Labels": {"y": "2", "x": "1"},
        "Entrypoint": None,
    },
}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{.Id}}", "sha256:abc"),
        ("{{ .Size }} bytes", "12 bytes"),
        ("{{.On}} {{.Nothing}}", "true <no value>"),
        ("{{.Config.Cmd}}", "[sh -c a && b]"),
        ("{{.Config.Labels}}", "map[x:1 y:2]"),
        ("{{json .Config.Cmd}}", '["sh","-c","a \\u0026\\u0026 b"]'),
        ("{{json .Config.Entrypoint}}", "null"),
        ("{{range .Config.Env}}{{println .}}{{end}}", "A=1\nB=2\n"),
        ("{{range $i, $e := .Config.Env}}{{$i}}:{{$e}} {{end}}", "0:A=1 1:B=2 "),
        ("{{range $k, $v := .Config.Labels}}{{$k}}={{$v}};{{end}}", "x=1;y=2;"),
        ("{{range .Config.Env}}{{$.Size}}{{end}}", "1212"),
        ("{{range .Nothing}}x{{else}}none{{end}}", "none"),
        ("{{if .On}}yes{{else}}no{{end}}", "yes"),
        ("{{if .Nothing}}a{{else if .Size}}b{{else}}c{{end}}", "b"),
        ("{{with .Config}}{{len .Env}}{{end}}", "2"),
        ('{{index .Config.Env 1}} {{index .Config.Labels "x"}}', "B=2 1"),
        ('{{join .Config.Env ", "}}', "A=1, B=2"),
        ('{{.Id | upper | printf "%s!"}}', "SHA256:ABC!"),
        ('{{printf "%-4d|%q" .Size .Id}}', '12  |"sha256:abc"'),
        ("{{(index .Config.Env 0) | lower}}", "a=1"),
        ("{{$x := .Size}}{{$x}}", "12"),
        ("a  {{- .Size -}}  b", "a12b"),
        ("{{/* a comment */}}x", "x"),
        ("{{if and .On (eq .Size 12)}}both{{end}}", "both"),
        ('{{"}}"}}', "}}"),
        ("no braces", "no braces"),
    ],
)
def test_templates_print(template: str, expected: str) -> None:
    assert render(template, VALUE) == expected


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{.Id", "template: :1: unclosed action"),
        ("{{.Foo}}", 'map has no entry for key "Foo"'),
        ("{{.Config.Foo.Bar}}", '<.Config.Foo.Bar>: map has no entry for key "Foo"'),
        ("{{.Id.Foo}}", "can't evaluate field Foo in type string"),
        ("{{.Nothing.Foo}}", "nil pointer evaluating interface {}.Foo"),
        ("{{nope .}}", 'function "nope" not defined'),
        ("{{}}", "missing value for command"),
        ("{{if .On}}x", "unexpected EOF"),
        ("{{end}}", "unexpected {{end}}"),
        ("{{range .Id}}{{end}}", "range can't iterate over sha256:abc"),
        ("{{index .Config.Env 9}}", "error calling index"),
        ("{{$x}}", 'undefined variable "$x"'),
    ],
)
def test_templates_that_go_refuses(template: str, message: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render(template, VALUE)
    assert message in str(caught.value)
