import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeskBook } from '@linli/booking';
import { CatalogueService, ImportService } from '@linli/catalogue';
import { CircleImport } from '@linli/circle';
import { DirectoryService, OfficerService, type DirectoryFile } from '@linli/directory';
import { Clock, loadCalendar, type Database, projectRoot, type Config, type Keys, type Tx } from '@linli/platform';
import { wechatAccounts } from '@linli/wechat';
import { seedDuties } from './seeding-duties';
import { CircleFiles } from './circle-files';
import { seedCircle } from './circle-seeding';
import { seedBooking } from './booking-seeding';

/** What the operator of a demo needs to sign in; written once, mode 0600. */
export interface DemoCredentials {
  readonly officers: readonly {
    readonly account: string;
    readonly password: string;
    readonly role: string;
    readonly hall?: string;
    readonly department?: string;
    readonly subdistrict?: string;
  }[];
  readonly apiKeys: { readonly assessor: string; readonly open311: string };
  readonly wechat: {
    readonly official: { appId: string; originalId: string; token: string; aesKey: string };
    readonly mini: { appId: string };
    readonly simulator: string;
  };
  readonly demo: { readonly center: { readonly lat: number; readonly lng: number } };
}

const demoFolder = join('config', 'demo');

/** Fills an empty database with the demo district; safe to run again after it was cut off at any moment. */
export class Seeding {
  private readonly clock = new Clock();
  private readonly directory: DirectoryService;
  private readonly officers: OfficerService;
  private readonly catalogue: CatalogueService;
  private readonly imports: ImportService;

  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly keys: Keys,
  ) {
    this.directory = new DirectoryService(database);
    this.officers = new OfficerService(database, this.clock);
    this.catalogue = new CatalogueService(database, this.clock);
    this.imports = new ImportService(database, this.directory, this.catalogue);
  }

  /** Seeds what is missing; returns the path of the credentials when they were written just now. */
  async run(): Promise<string | null> {
    const path = (await this.directory.isEmpty()) ? await this.seedDirectory() : null;
    await this.catalogue.refresh();
    if (this.catalogue.current().entries.length === 0) await this.seedCatalogue();
    await this.catalogue.refresh();
    await seedDuties(this.database, this.catalogue, this.clock);
    await seedCircle(new CircleFiles(CircleImport.over(this.database, this.directory, this.clock), this.catalogue));
    await seedBooking(DeskBook.over(this.database, this.clock, loadCalendar()), this.database, this.clock.now());
    return path;
  }

  /** The file is in place before the commit: a cut between the two leaves an unused file, never an unknown password. */
  private async seedDirectory(): Promise<string> {
    const json: unknown = JSON.parse(readFileSync(join(projectRoot(), demoFolder, 'directory.json'), 'utf8'));
    const file = this.directory.read(json);
    const path = join(this.config.dataDir, 'demo-credentials.json');
    await this.database.transact(async (tx) => {
      await this.directory.save(tx, file);
      const credentials = await this.credentialsOf(tx, file);
      writeFileSync(`${path}.part`, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${path}.part`, path);
    });
    return path;
  }

  private async credentialsOf(tx: Tx, file: DirectoryFile): Promise<DemoCredentials> {
    const officers: DemoCredentials['officers'][number][] = [];
    for (const entry of file.officers ?? []) {
      const password = `Demo-${randomBytes(9).toString('base64url')}`;
      await this.officers.create(tx, entry, password);
      const { account, role, hallId, departmentId, subdistrictId } = entry;
      officers.push({
        account,
        password,
        role,
        ...(hallId ? { hall: hallId } : {}),
        ...(departmentId ? { department: departmentId } : {}),
        ...(subdistrictId ? { subdistrict: subdistrictId } : {}),
      });
    }
    const now = this.clock.now();
    const { official, mini } = wechatAccounts(this.config, this.keys);
    return {
      officers,
      apiKeys: {
        assessor: await this.directory.createApiKey(tx, 'demo assessor', 'assessor', now),
        open311: await this.directory.createApiKey(tx, 'demo open311', 'open311', now),
      },
      wechat: {
        official: {
          appId: official?.appId ?? '',
          originalId: official?.originalId ?? '',
          token: official?.token ?? '',
          aesKey: official?.aesKey ?? '',
        },
        mini: { appId: mini?.appId ?? '' },
        simulator: `http://127.0.0.1:${this.config.port}/simulator`,
      },
      demo: { center: file.demo?.center ?? { lat: 0, lng: 0 } },
    };
  }

  private async seedCatalogue(): Promise<void> {
    const folder = join(projectRoot(), demoFolder, 'catalogue');
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    const texts = files.sort().map((name) => readFileSync(join(folder, name), 'utf8').trim());
    // One array, so that the whole demo catalogue is one revision.
    const whole = `[${texts.map((text) => text.slice(1, -1)).join(',')}]`;
    const report = await this.imports.import(whole, { dryRun: false, skipBad: false, importer: 'seed' });
    if (report.bad.length > 0)
      throw new Error(
        `the demo catalogue is wrong: ${report.bad.map(({ at, problem }) => `${at} ${problem}`).join('; ')}`,
      );
  }
}
