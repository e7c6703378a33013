// Runs the Python program from standard input in Pyodide, with one folder as /project.
//     node run.mjs FOLDER < program.py
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

try {
  const pyodide = await loadPyodide();
  pyodide.mountNodeFS("/project", process.argv[2]);
  pyodide.runPython("import sys; sys.path.insert(0, '/project'); sys.dont_write_bytecode = True");
  pyodide.runPython(readFileSync(0, "utf-8"));
} catch (error) {
  // Without this, node would print the whole minified source of Pyodide.
  console.error(error.message);
  process.exitCode = 1;
}
