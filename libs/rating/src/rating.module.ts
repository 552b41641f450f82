import { Module } from '@nestjs/common';
import { RatingAsking } from './asking/rating-asking.service';
import { RatingCallbacks } from './links/callbacks.service';
import { LinkTokens } from './links/link-token.service';
import { RatingLinks } from './links/rating-links.service';
import { ServiceLookupStore } from './links/service-lookup.store';
import { RatingChainStore } from './rating-chain.store';
import { RatingIntegrityStore } from './rating-integrity.store';
import { RatingService } from './rating.service';
import { RatingSettings } from './rating-settings.service';
import { RatingStore } from './rating.store';
import { RatingAppeals } from './rectification/appeals.service';
import { AlarmStore } from './rectification/alarm.store';
import { OverdueAlarms } from './rectification/overdue-alarms.service';
import { RectificationStore } from './rectification/rectification.store';
import { Rectifications } from './rectification/rectifications.service';
import { ExclusionStore } from './review/exclusion.store';
import { FlagStore } from './review/flag.store';
import { RatingReview } from './review/rating-review.service';
import { StaffBindingStore } from './review/staff-binding.store';

const doors = [
  RatingService,
  RatingAsking,
  RatingLinks,
  RatingCallbacks,
  RatingReview,
  Rectifications,
  RatingAppeals,
  OverdueAlarms,
  ExclusionStore,
];

@Module({
  providers: [
    ...doors,
    RatingSettings,
    RatingStore,
    RatingChainStore,
    RatingIntegrityStore,
    LinkTokens,
    ServiceLookupStore,
    RectificationStore,
    AlarmStore,
    FlagStore,
    StaffBindingStore,
  ],
  exports: doors,
})
export class RatingModule {}
