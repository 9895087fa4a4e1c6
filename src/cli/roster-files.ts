import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { loadRoles } from '../../config/load-roles';
import { loadSchemes } from '../../config/load-scheme';
import { AppError } from '../foundation/errors';
import { readTable } from '../foundation/table/read-table';
import { decodeText } from '../foundation/table/text';
import { bodyFile } from '../organisation/body-file';
import type { CppccBody } from '../organisation/member';
import { type RosterVerdict, readRoster } from '../organisation/roster/rows';
import { unreadable } from '../organisation/roster/texts';
import { rosterTexts as texts } from './roster-texts';

/** Throws SETTINGS_WRONG with one sentence when the file is not there. */
function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw new AppError('SETTINGS_WRONG', texts.notRead(path, String(code)));
  }
}

function textOf(path: string): string {
  const text = decodeText(bytesOf(path));
  if (text === null) throw new AppError('SETTINGS_WRONG', texts.noText(path));
  return text;
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
export async function rosterFiles(bodyPath: string, membersPath: string): Promise<{ body: CppccBody; roster: RosterVerdict }> {
  const schemes = [...loadSchemes().keys()];
  const error = z.locales.zhCN().localeError;
  const body = bodyFile(schemes).safeParse(parsed(bodyPath, textOf(bodyPath)), { error });
  if (!body.success) {
    const faults = body.error.issues.map((issue) => texts.bodyFault(bodyPath, issue.path.join('.'), issue.message));
    throw new AppError('SETTINGS_WRONG', faults.join('\n'));
  }
  const file = await readTable(bytesOf(membersPath));
  if ('unreadable' in file) throw new AppError('SETTINGS_WRONG', `${membersPath}：${unreadable[file.unreadable]}`);
  const roster = readRoster(file.table, body.data.sectors, loadRoles());
  const { faults } = roster;
  if (faults.length === 0) return { body: body.data, roster };
  const lines = [...faults.map((fault) => `${membersPath} ${fault}`), texts.nothingWritten(faults.length)];
  throw new AppError('SETTINGS_WRONG', lines.join('\n'));
}
