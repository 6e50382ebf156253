import { storiesOfALostBrowser } from './support/lost-browser';

storiesOfALostBrowser('closed');
