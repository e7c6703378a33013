require('http').createServer((_, res) => res.end('hi')).listen(process.env.PORT);
