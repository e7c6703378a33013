/* Colors for the cells that hold no Python.

   JupyterLab colors a code cell by the MIME type of its model, and brings the languages along. So this
   extension only tells it which language a cell is in, by the cell's first line. It takes nothing from
   JupyterLab's packages but the objects that it is handed, and so needs no build: this file is what
   a module federation container looks like when it is written by hand. */

(() => {
  const NAME = "docker-course-cells";
  const DOCKERFILE = "text/x-dockerfile";
  const SHELL = "text/x-sh";
  const PLAIN = "text/plain";
  const OURS = [DOCKERFILE, SHELL, PLAIN];
  const LANGUAGES = [
    [/^%%dockerfile(\s|$)/, DOCKERFILE],
    [/^%%contextfile\s+(\S*\/)?(Dockerfile(\.\S+)?|\S+\.Dockerfile)(\s|$)/, DOCKERFILE],
    [/^%%contextfile\s+\S+\.sh(\s|$)/, SHELL],
    [/^%%contextfile\s+(?!\S+\.py(\s|$))/, PLAIN],
    [/^%%?(docker|host)(\s|$)/, SHELL],
  ];

  function languageOf(source) {
    const found = LANGUAGES.find(([line]) => line.test(source));
    return found ? found[1] : null;
  }

  /* Keep the MIME type of one cell's model at what its first line says, also when JupyterLab, which
     learns the kernel's language late, sets it anew. */
  function follow(model) {
    if (model.type !== "code") return;
    let usual = model.mimeType;
    const settle = () => {
      const wanted = languageOf(model.sharedModel.getSource());
      if (!OURS.includes(model.mimeType)) usual = model.mimeType;
      if (model.mimeType !== (wanted ?? usual)) model.mimeType = wanted ?? usual;
    };
    model.contentChanged.connect(settle);
    model.mimeTypeChanged.connect(settle);
    settle();
  }

  const notebooks = {
    createNew(panel, context) {
      const seen = new WeakSet();
      const all = () => {
        for (const model of context.model.cells) {
          if (seen.has(model)) continue;
          seen.add(model);
          follow(model);
        }
      };
      context.model.cells.changed.connect(all);
      all();
    },
  };

  const plugin = {
    id: `${NAME}:languages`,
    description: "Tells JupyterLab which language a cell is in.",
    autoStart: true,
    activate: (app) => {
      app.docRegistry.addWidgetExtension("Notebook", notebooks);
    },
  };

  const modules = { "./extension": { __esModule: true, default: plugin } };
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB[NAME] = {
    init: () => {},
    get: async (module) => () => modules[module],
  };
})();
