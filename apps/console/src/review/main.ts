import { createApp } from 'vue';
import '../style.css';
import './review.css';
import ReviewPage from './ReviewPage.vue';

createApp(ReviewPage).mount('#app');
