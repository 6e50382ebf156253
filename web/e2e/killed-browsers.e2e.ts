import { storiesOfALostBrowser } from './support/lost-browser';

storiesOfALostBrowser('killed');
