import { Module } from '@nestjs/common';
import { DeliveryStore } from './delivery.store';
import { NotificationService } from './notification.service';

@Module({
  providers: [DeliveryStore, NotificationService],
  exports: [NotificationService],
})
export class NotificationModule {}
