<?php
define('WP_USE_THEMES', true);
require __DIR__ . '/wp-config.php';
echo 'blog';
