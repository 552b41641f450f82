import { Controller, Get, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { Refusal } from '@linli/kernel';
import { CatalogueService } from '@linli/catalogue';
import { Database, Public } from '@linli/platform';

export class HealthDto {
  status!: 'ok';
}

export class ReadinessDto extends HealthDto {
  /** Revision of the catalogue this process answers from. */
  catalogueRevision!: number;
}

@ApiTags('health')
@Public('probes of proxies and service managers; nothing but a state is told')
@SkipThrottle()
@Controller({ path: 'health', version: VERSION_NEUTRAL })
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly catalogue: CatalogueService,
  ) {}

  /** The process runs. */
  @Get('live')
  live(): HealthDto {
    return { status: 'ok' };
  }

  /** The process can serve: PostgreSQL answers and the catalogue is loaded. */
  @Get('ready')
  async ready(): Promise<ReadinessDto> {
    await this.database.sql('select 1');
    const { revision } = this.catalogue.current();
    if (revision < 0) throw new Refusal('service.unavailable');
    return { status: 'ok', catalogueRevision: revision };
  }
}
