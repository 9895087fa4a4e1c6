import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Asset {
  /** Path with the content's hash, so that browsers may keep it for ever. */
  path: string;
  type: string;
  content: Buffer;
}

function load(name: string, type: string): Asset {
  const content = readFileSync(join(__dirname, 'assets', name));
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return { path: `/assets/${hash}/${name}`, type, content };
}

/** The page's own files, read once; nothing is loaded from elsewhere. */
export function loadAssets() {
  return {
    style: load('chat.css', 'text/css; charset=utf-8'),
    script: load('chat.js', 'text/javascript; charset=utf-8'),
    icon: load('icon.svg', 'image/svg+xml'),
  };
}

export type Assets = ReturnType<typeof loadAssets>;
