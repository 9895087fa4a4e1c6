import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { loadRoles } from '../../config/load-roles';
import { loadSchemes } from '../../config/load-scheme';
import { AppError } from '../foundation/errors';
import type { CppccBody } from '../organisation/member';
import { bodyFile, type RosterRow, readRoster } from '../organisation/roster-file';
import { decodeText } from '../organisation/roster-text';
import { rosterTexts as texts } from './roster-texts';

/** The text of a file. Throws SETTINGS_WRONG with one sentence when it is not there or is none. */
function textOf(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw new AppError('SETTINGS_WRONG', texts.notRead(path, String(code)));
  }
  const decoded = decodeText(bytes);
  if ('text' in decoded) return decoded.text;
  throw new AppError('SETTINGS_WRONG', decoded.unreadable === 'workbook' ? texts.workbook(path) : texts.noText(path));
}

function parsed(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof YAMLParseError) throw new AppError('SETTINGS_WRONG', texts.noYaml(path, error.linePos?.[0].line ?? 1));
    throw error;
  }
}

/** The organisation and the rows of its members. Throws SETTINGS_WRONG with every fault, a line each. */
export function rosterFiles(bodyPath: string, membersPath: string): { body: CppccBody; rows: RosterRow[] } {
  const schemes = [...loadSchemes().keys()];
  const error = z.locales.zhCN().localeError;
  const body = bodyFile(schemes).safeParse(parsed(bodyPath, textOf(bodyPath)), { error });
  if (!body.success) {
    const faults = body.error.issues.map((issue) => texts.bodyFault(bodyPath, issue.path.join('.'), issue.message));
    throw new AppError('SETTINGS_WRONG', faults.join('\n'));
  }
  const { rows, faults } = readRoster(textOf(membersPath), body.data.sectors, loadRoles());
  if (faults.length === 0) return { body: body.data, rows };
  const lines = [...faults.map((fault) => `${membersPath} ${fault}`), texts.nothingWritten(faults.length)];
  throw new AppError('SETTINGS_WRONG', lines.join('\n'));
}
