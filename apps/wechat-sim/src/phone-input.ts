import { BadRequestException } from '@nestjs/common';
import type { PhoneInputDto } from './control.dto';
import type { PushContent } from './push-content';

/** The push content of an input; `pictureUrl` makes the address of a stored picture. Refuses an input without what its type needs. */
export function pushContentOf(input: PhoneInputDto, pictureUrl: (mediaId: string) => string): PushContent {
  switch (input.type) {
    case 'text':
      return { type: 'text', text: need(input.text, 'text'), ...given('menuId', input.menuId) };
    case 'image': {
      const mediaId = need(input.mediaId, 'mediaId');
      return { type: 'image', mediaId, url: pictureUrl(mediaId) };
    }
    case 'voice':
      return { type: 'voice', mediaId: need(input.mediaId, 'mediaId'), ...given('recognition', input.recognition) };
    case 'video':
      return { type: 'video', mediaId: need(input.mediaId, 'mediaId') };
    case 'location':
      return { type: 'location', lat: need(input.lat, 'lat'), lng: need(input.lng, 'lng'), label: input.label ?? '' };
    case 'link':
      return { type: 'link', title: input.title ?? '', url: need(input.url, 'url') };
    case 'event':
      return eventOf(input);
  }
}

function eventOf(input: PhoneInputDto): PushContent {
  const fields = Object.entries(input.fields ?? {});
  if (fields.some(([name, value]) => !/^\w{1,64}$/.test(name) || typeof value !== 'string')) {
    throw new BadRequestException('fields must be text under plain names');
  }
  return {
    type: 'event',
    event: need(input.event, 'event'),
    ...given('eventKey', input.eventKey),
    fields: Object.fromEntries(fields),
  };
}

function need<T>(value: T | undefined, name: string): T {
  if (value === undefined || value === '') throw new BadRequestException(`${name} is missing`);
  return value;
}

function given<K extends string>(name: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, string>);
}
