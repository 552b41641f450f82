export { optionSets, type OptionSets, type RatingOption } from './options';
export { type RatingDraft } from './rating';
export { Rating1780000005000 } from './rating.migration';
export { RatingModule } from './rating.module';
export { RatingService } from './rating.service';
export { type Rateable, type RateablePage, type ServiceEvent } from './service-event';
