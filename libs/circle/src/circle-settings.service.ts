import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@linli/platform';
import { CategoryTree, type Category } from './category';
import type { Walking } from './walking';

/** What a deployment sets in `config/circle`. */
export class CircleSettings {
  readonly categories: CategoryTree;
  readonly walking: Walking;

  constructor(folder = join(projectRoot(), 'config', 'circle')) {
    this.categories = new CategoryTree(read(folder, 'categories.json') as Category[]);
    this.walking = read(folder, 'walking.json') as Walking;
    const { metersPerMinute, detourFactor } = this.walking;
    if (!(metersPerMinute >= 20 && metersPerMinute <= 150) || !(detourFactor >= 1 && detourFactor <= 3))
      throw new Error('config/circle/walking.json: metersPerMinute takes 20 to 150, detourFactor 1 to 3');
  }
}

function read(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}
