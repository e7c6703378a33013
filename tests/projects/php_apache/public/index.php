<?php
require __DIR__ . '/../vendor/autoload.php';

use Monolog\Level;
use Monolog\Logger;
use Monolog\Handler\StreamHandler;

$log = new Logger('site');
$log->pushHandler(new StreamHandler('php://stderr', Level::Info));
$log->info('Hello');
echo '<h1>It works</h1>';
