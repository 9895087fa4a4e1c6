import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Asset {
  /** Path with the content's hash, so that browsers may keep it for ever. */
  path: string;
  type: string;
  content: Buffer;
}

/** One asset of one or more files, in this order. */
function load(name: string, type: string, files: readonly string[] = [name]): Asset {
  const content = Buffer.concat(files.map((file) => readFileSync(join(__dirname, 'assets', file))));
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return { path: `/assets/${hash}/${name}`, type, content };
}

/** The page's own files, read once; nothing is loaded from elsewhere. */
export function loadAssets() {
  return {
    style: load('chat.css', 'text/css; charset=utf-8', ['frame.css', 'conversation.css', 'chooser.css', 'phone.css']),
    script: load('chat.js', 'text/javascript; charset=utf-8'),
    icon: load('icon.svg', 'image/svg+xml'),
  };
}

export type Assets = ReturnType<typeof loadAssets>;
