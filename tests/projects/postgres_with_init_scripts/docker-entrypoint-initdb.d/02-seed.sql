INSERT INTO products (name, price) VALUES ('Tea', 3.50), ('Coffee', 4.20);
