const signs: readonly (readonly [type: string, offset: number, bytes: readonly number[]])[] = [
  ['image/jpeg', 0, [0xff, 0xd8, 0xff]],
  ['image/png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', 8, [0x57, 0x45, 0x42, 0x50]],
  ['application/pdf', 0, [0x25, 0x50, 0x44, 0x46]],
  ['application/zip', 0, [0x50, 0x4b, 0x03, 0x04]],
  ['audio/amr', 0, [0x23, 0x21, 0x41, 0x4d, 0x52]],
  ['video/mp4', 4, [0x66, 0x74, 0x79, 0x70]],
];

/** The type a file's first bytes tell, whatever its name or sender says; unknown ones are plain bytes. */
export function sniffed(bytes: Buffer): string {
  const found = signs.find(([, offset, sign]) => sign.every((byte, at) => bytes[offset + at] === byte));
  return found?.[0] ?? 'application/octet-stream';
}
