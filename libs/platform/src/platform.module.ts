import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ArtefactStore } from './artefact.store';
import { loadCalendar } from './calendar';
import { CalendarYears } from './calendar-years.service';
import { Clock } from './clock';
import type { Config } from './config';
import { dataSourceOptions, type Schema } from './data-source';
import { Database } from './database';
import { FieldCipher } from './field-cipher';
import { FileStore } from './file.store';
import { Inbox } from './inbox';
import type { Keys } from './keys';
import { OnceOnly } from './once-only';
import { CALENDAR, CONFIG, DATABASE_URL, KEYS } from './tokens';

/** What every process needs before any feature: settings, keys, the database, the clock. */
export interface PlatformOptions {
  readonly config: Config;
  readonly keys: Keys;
  readonly databaseUrl: string;
  readonly schema: Schema;
}

@Global()
@Module({})
export class PlatformModule {
  static register(options: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions(options.databaseUrl, options.schema, options.config.databasePool),
          retryAttempts: 3,
          retryDelay: 500,
        }),
      ],
      providers: [
        { provide: CONFIG, useValue: options.config },
        { provide: KEYS, useValue: options.keys },
        { provide: DATABASE_URL, useValue: options.databaseUrl },
        { provide: CALENDAR, useFactory: loadCalendar },
        { provide: FieldCipher, useValue: new FieldCipher(options.keys) },
        { provide: Database, inject: [DataSource], useFactory: (source: DataSource) => new Database(source) },
        ArtefactStore,
        Clock,
        CalendarYears,
        Inbox,
        FileStore,
        OnceOnly,
      ],
      exports: [
        CALENDAR,
        CONFIG,
        KEYS,
        DATABASE_URL,
        FieldCipher,
        Database,
        ArtefactStore,
        Clock,
        CalendarYears,
        Inbox,
        FileStore,
        OnceOnly,
      ],
    };
  }
}
