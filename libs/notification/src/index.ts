export { type Delivery, type DeliveryResult, type Notice, type Sender, type Undelivered } from './delivery';
export { Notification1780000008000 } from './notification.migration';
export { NotificationModule } from './notification.module';
export { NotificationService } from './notification.service';
