import type { Sector } from './member';

/** A sector is called by its name, an alias, or either with 界 or 界别 behind it. */
const bare = (name: string): string => name.trim().replace(/界(?:别)?$/u, '');

/** The sector people mean by a spoken name; undefined for a name no sector of this body has. */
export function sectorNamed(sectors: readonly Sector[], spoken: string): Sector | undefined {
  return sectors.find(({ name, aliases }) => [name, ...aliases].some((each) => bare(each) === bare(spoken)));
}
