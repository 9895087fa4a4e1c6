import { AppError } from '../foundation/errors';
import { cliTexts as texts } from './texts';

const codeOf = (error: unknown): string => {
  const { code, name } = (error ?? {}) as { code?: string | number; name?: string };
  return String(code ?? name ?? 'unknown');
};

/** Why a port cannot be listened on, in one line. `setting`: where it comes from. */
export function cannotListen(error: unknown, { host, port, setting }: { host: string; port: number; setting: string }): AppError {
  const code = codeOf(error);
  const known: Record<string, string> = {
    EADDRINUSE: texts.portTaken(host, port, setting),
    EACCES: texts.portForbidden(port, setting),
    EADDRNOTAVAIL: texts.hostUnknown(host),
    ENOTFOUND: texts.hostUnknown(host),
  };
  return new AppError('SETTINGS_WRONG', texts.cannotStart(known[code] ?? texts.cannotListen(host, port, code)), { cause: error });
}

/** Why an index cannot be made. The server's words name values of people; collection and index are all that is said of them. */
export function cannotIndex(error: unknown): AppError {
  if (error instanceof AppError && error.code === 'STORE_UNAVAILABLE') return noStore(error);
  const words = error instanceof Error ? error.message : '';
  const where = [/collection: (\S+)/.exec(words)?.[1], /index: (\S+)/.exec(words)?.[1] ?? /name: "?([\w.]+)"?/.exec(words)?.[1]];
  const named = where.filter((part) => part !== undefined).join(' ');
  return new AppError('SETTINGS_WRONG', texts.cannotStart(texts.noIndex(named, codeOf(error))), { cause: error });
}

export const noStore = (cause: unknown): AppError => new AppError('STORE_UNAVAILABLE', texts.cannotStart(texts.noMongodb), { cause });
