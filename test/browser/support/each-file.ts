import { afterAll } from 'vitest';
import { leaveBrowser } from './stage.ts';

afterAll(leaveBrowser);
