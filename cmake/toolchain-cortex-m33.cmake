# SPDX-License-Identifier: Apache-2.0
# toolchain-cortex-m33.cmake - a Cortex-M33 without an operating system, by Debian's gcc.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_AR arm-none-eabi-ar)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_C_FLAGS_INIT "-mcpu=cortex-m33 -mthumb -ffreestanding -ffunction-sections -fdata-sections")
# What gcc does beside -Os that makes the VM larger; memcpy of a word is a load all the same.
set(CMAKE_C_FLAGS_MINSIZEREL_INIT "-Os -g -fno-move-loop-invariants -fno-schedule-insns2 -fbuiltin")

set(MOTE_PORT bare/board/mps2 CACHE STRING "")
set(MOTE_ARCH arm CACHE STRING "")
set(MOTE_PARTS loader CACHE STRING "")
set(MOTE_SWITCH ON CACHE BOOL "")
