// House rules that no linter expresses: global time, randomness and environment only in foundation and config/load
// (ARCHITECTURE.md, "Critical rules"); kebab-case file names; Chinese in the texts.ts of its feature only, and
// in the words of readings, the command line and the simulator's own page.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expressionsOfTheReader, phrasesOfTheVocabulary } from './expressions.mjs';

const files = ['src', 'packages', 'jobs', 'config'].flatMap((root) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name)),
);
const globals = [/\bDate\.now\(/, /\bnew Date\(\)/, /\bMath\.random\(/, /\bprocess\.env\b/];
const mayUseGlobals = /^(src\/foundation\/|config\/load\.ts|packages\/mongo-store\/|src\/main\.ts|src\/cli\/)/;
const maySpeakChinese =
  /^(packages\/(chat-simulator\/|mongo-store\/main\.ts)|src\/([a-z]+\/(texts|labels|readings)[./]|measures\.ts|reader\/|demo\/|cli\/|organisation\/(roster\/|body-file)|foundation\/(errors|digit-runs|personal-numbers|secrecy)|transports\/[a-z]+\/error-codes)|config\/)/;
const faults = [];
for (const file of files) {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.tsx?$/.test(basename(file))) faults.push(`${file}: name it in kebab-case`);
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, at) => {
      const code = line
        .replace(/\/\/.*$/, '')
        .replace(/^\s*\*.*$/, '')
        .replace(/\/\*.*?\*\//g, '');
      if (!mayUseGlobals.test(file) && globals.some((g) => g.test(code)))
        faults.push(`${file}:${at + 1}: take time, randomness or settings as a parameter`);
      if (!maySpeakChinese.test(file) && /['"`>][^'"`<]*[\u4e00-\u9fff]{2,}/.test(code))
        faults.push(`${file}:${at + 1}: put the sentence into the texts.ts of its feature`);
    });
}
const longest = 120;
for (const { file, pattern } of [...expressionsOfTheReader(), ...phrasesOfTheVocabulary()])
  if (pattern.length > longest)
    faults.push(`${file}: ${pattern.slice(0, 30)}… is longer than ${longest} characters: make it of classes of words`);
for (const fault of faults) console.error(fault);
console.log(`house rules: ${files.length} files, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
