import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { projectRoot } from '@linli/platform';
import { Refusal } from '@linli/kernel';
import type { CodeTables } from '../codes/code-table';
import { refused } from '../files/catalogue-file.service';
import type { Mapping } from './mapping';
import { readMapping } from './mapping-file';

const folder = (): string => join(projectRoot(), 'config', 'catalogue');

/** The tables of codes, from `config/catalogue/code-tables.json`. */
export function loadCodeTables(): CodeTables {
  return JSON.parse(readFileSync(join(folder(), 'code-tables.json'), 'utf8')) as CodeTables;
}

/** A mapping by the name it has in `config/catalogue/mappings`, or by the path of a file. */
export function loadMapping(nameOrFile: string, tables: CodeTables): Mapping {
  const mappings = join(folder(), 'mappings');
  const shipped = join(mappings, `${basename(nameOrFile)}.json`);
  const path = existsSync(nameOrFile) ? nameOrFile : shipped;
  if (!existsSync(path)) {
    const names = readdirSync(mappings).map((one) => basename(one, '.json'));
    throw refused(`"${nameOrFile}" is no file and none of ${names.join(', ')}`, 'mapping');
  }
  const { mapping, problems } = readMapping(parsed(readFileSync(path, 'utf8')), tables);
  if (problems.length > 0)
    throw new Refusal(
      'catalogue.invalid',
      problems.map(({ at, problem }) => ({ at: `mapping, ${at}`, problem })),
    );
  return mapping;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    throw refused(`is not JSON: ${(error as Error).message}`, 'mapping');
  }
}
