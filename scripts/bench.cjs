// npm run bench -- store | reader | rules | callback | start: figures as ratios side by side, never a pass or a fail.
const { existsSync, mkdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { transformSync } = require('@swc/core');

// The benches are TypeScript beside the tests: compiled as they are required, exactly as jest does.
require.extensions['.ts'] = (module, file) => {
  const { code } = transformSync(require('node:fs').readFileSync(file, 'utf8'), {
    filename: file,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'commonjs' },
  });
  module._compile(code, file);
};

const [name, ...rest] = process.argv.slice(2);
const file = path.join(__dirname, '../tests/bench', `${name}.ts`);
if (!name || !/^[a-z-]+$/.test(name) || !existsSync(file)) {
  console.error('用法：npm run bench -- store | reader | rules | callback | start');
  process.exit(2);
}
const lines = [];
const print = (line) => {
  lines.push(line);
  console.log(line);
};
require(file)
  .run(print, rest)
  .then(() => {
    mkdirSync(path.join(__dirname, '../reports'), { recursive: true });
    writeFileSync(path.join(__dirname, `../reports/bench-${name}.txt`), `${lines.join('\n')}\n`);
    process.exit();
  })
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
