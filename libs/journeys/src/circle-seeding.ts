import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@linli/platform';
import type { CircleFiles } from './circle-files';

/** The last of them tells whether all are in: what was cut off is done again from the first. */
const files = ['areas.geojson', 'residential-points.csv', 'places.csv'];

/** Lays the demo district's boundaries, residential points and places into a database that has no places. */
export async function seedCircle(circle: CircleFiles): Promise<void> {
  if (!(await circle.isEmpty())) return;
  for (const name of files) {
    const bytes = readFileSync(join(projectRoot(), 'config', 'demo', name));
    const { bad } = await circle.import(bytes, { dryRun: false, skipBad: false });
    if (bad.length > 0)
      throw new Error(`config/demo/${name} is wrong: ${bad.map(({ at, problem }) => `${at} ${problem}`).join('; ')}`);
  }
}
