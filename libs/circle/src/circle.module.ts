import { Module } from '@nestjs/common';
import { DirectoryModule } from '@linli/directory';
import { CONFIG, type Config } from '@linli/platform';
import { CircleImport } from './circle-import.service';
import { CircleSettings } from './circle-settings.service';
import { CircleService, WALKING_ROUTER } from './circle.service';
import { CoverageService } from './coverage.service';
import { CoverageStore } from './coverage.store';
import { GroundService } from './ground.service';
import { GroundStore } from './ground.store';
import { NearStore } from './near.store';
import { PlaceStore } from './place.store';
import { walkingRouter } from './routers.service';
import { UnmetStore } from './unmet.store';

@Module({
  imports: [DirectoryModule],
  providers: [
    { provide: CircleSettings, useFactory: () => new CircleSettings() },
    { provide: WALKING_ROUTER, inject: [CONFIG], useFactory: ({ walking }: Config) => walkingRouter(walking) },
    CircleImport,
    CircleService,
    CoverageService,
    CoverageStore,
    GroundService,
    GroundStore,
    NearStore,
    PlaceStore,
    UnmetStore,
  ],
  exports: [CircleImport, CircleService, CoverageService],
})
export class CircleModule {}
