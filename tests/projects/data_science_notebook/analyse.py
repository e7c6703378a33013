import pandas as pd

frame = pd.read_csv("data/iris.csv")
print(frame.describe())
