// Loaded before the command: the fixtures name an operator and a machine that do not exist.
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

os.userInfo = () => ({ username: 'operator' });
os.hostname = () => 'workstation';
syncBuiltinESMExports();
