import { Module } from '@nestjs/common';
import { RatingIntegrityStore } from './rating-integrity.store';
import { RatingService } from './rating.service';
import { RatingStore } from './rating.store';

@Module({
  providers: [RatingIntegrityStore, RatingStore, RatingService],
  exports: [RatingService],
})
export class RatingModule {}
