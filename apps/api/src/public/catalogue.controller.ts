import { Controller, Get, Param, Query } from '@nestjs/common';
import { Public } from '@linli/platform';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CatalogueService } from '@linli/catalogue';
import type { CatalogueEntry } from '@linli/contracts';
import { Refusal } from '@linli/kernel';
import { ItemDto, ItemPageDto, ItemQueryDto, type ItemGuide } from './catalogue.dto';

@ApiTags('catalogue')
@Public('the catalogue and its guides are published by law')
@Controller('api/v1/items')
export class CatalogueController {
  constructor(private readonly catalogue: CatalogueService) {}

  /** The published entries. */
  @Get()
  list(@Query() { q, department, category, kind, limit, cursor }: ItemQueryDto): ItemPageDto {
    const page = this.catalogue.list({ q, department, category, kind }, limit, cursor ?? null);
    return { items: page.items.map(itemOf), nextCursor: page.nextCursor };
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
