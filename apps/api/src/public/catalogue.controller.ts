import { Controller, Get, type OnApplicationBootstrap, Param, Query } from '@nestjs/common';
import { Public } from '@linli/platform';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CatalogueSearch, CatalogueService } from '@linli/catalogue';
import type { CatalogueEntry } from '@linli/contracts';
import { Refusal } from '@linli/kernel';
import { ItemDto, ItemPageDto, ItemQueryDto, type ItemGuide } from './catalogue.dto';

@ApiTags('catalogue')
@Public('the catalogue and its guides are published by law')
@Controller('api/v1/items')
export class CatalogueController implements OnApplicationBootstrap {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly search: CatalogueSearch,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.search.warmUp();
  }

  /** The published entries, and what they can be narrowed by. */
  @Get()
  async list(@Query() { limit, cursor, ...wanted }: ItemQueryDto): Promise<ItemPageDto> {
    const { items, nextCursor, facets } = await this.search.find(wanted, limit, cursor ?? null);
    return { items: items.map(itemOf), nextCursor, facets };
  }

  /** One entry with its guide: basis, conditions, steps, limits, materials, fee, place, hours, phones. */
  @Get(':id')
  @ApiOkResponse({ type: ItemDto })
  read(@Param('id') id: string): ItemGuide {
    const entry = this.catalogue.entry(id);
    if (!entry) throw new Refusal('item.notFound');
    return { ...itemOf(entry), ...entry.guide };
  }
}

function itemOf(entry: CatalogueEntry): ItemDto {
  const { id, kind, name, department, category, aliases, summary, version } = entry;
  return { id, kind, name, department, category, aliases, summary, version };
}
