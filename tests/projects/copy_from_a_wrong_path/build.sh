mkdir -p build
echo app > build/app.txt
